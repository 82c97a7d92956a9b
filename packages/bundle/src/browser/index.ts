export {
  type BrowserBundleReport,
  type BrowserInspectOptions,
  defaultMaxPreviewBytes,
  inspectBundle,
} from './inspect-bundle.ts'
