/** The product's mark, in the theme's colours. */
export function BrandMark() {
  return (
    <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--theme-primary)" />
      <path
        d="M5 19c3.5 0 3.5-6 7.3-6s3.8 6 7.4 6 3.7-6 7.3-6"
        fill="none"
        stroke="var(--surface)"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
  )
}
