import { visibilities } from '@wave-store/contract'
import { Option } from 'commander'

/** `-v`, as the guide has it. */
export function visibilityOption(description: string): Option {
  return new Option('-v, --visibility <visibility>', description).choices(visibilities)
}
