import { pong } from './Pong' // breaks no-cycles

export const ping = (): number => pong()
