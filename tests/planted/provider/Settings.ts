/** Pure, and open to the sdk. */
export interface Settings {
  readonly baseUrl: string
}
