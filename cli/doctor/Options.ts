/** What the command line says. */
export interface DoctorOptions {
  readonly stack?: string
  readonly customer?: string
  readonly leads?: boolean
  readonly json?: boolean
  readonly lab?: string
  readonly yes?: boolean
}
