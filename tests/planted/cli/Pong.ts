import { ping } from './Ring' // breaks no-cycles

export const pong = (): number => ping()
