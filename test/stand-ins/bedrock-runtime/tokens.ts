/** A token is about four characters; the stand-in takes it for exactly that. */
export const CHARACTERS_A_TOKEN = 4;

/** The tokens of a text of that many characters. */
export function tokensOf(characters: number): number {
  return Math.ceil(characters / CHARACTERS_A_TOKEN);
}
