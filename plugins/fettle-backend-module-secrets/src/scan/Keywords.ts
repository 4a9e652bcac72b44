const LETTERS = 128;

/**
 * Finds which of many words are in a text, in one pass and whatever their
 * case: A. V. Aho, M. J. Corasick, Efficient String Matching, 1975. Words are
 * of ASCII and lower case.
 */
export class Keywords {
  /** By the state times the number of letters, plus the letter: the next state. */
  readonly #next: Int32Array;
  /** By state: the words that end there. */
  readonly #ends: readonly (readonly number[])[];
  readonly #letters = new Uint8Array(LETTERS);
  readonly #width: number;

  constructor(words: readonly string[]) {
    let width = 1;
    for (const code of words.flatMap(word => [...word].map(codeOf))) {
      if (this.#letters[code] === 0) {
        this.#letters[code] = width;
        width += 1;
      }
    }
    this.#width = width;
    const { children, ends } = buildTrie(words, this.#letters);
    const next = new Int32Array(children.length * width);
    const fallback = new Int32Array(children.length);
    const queue: number[] = [0];
    for (const state of queue) {
      for (let letter = 1; letter < width; letter++) {
        const child = children[state].get(letter);
        const other = state === 0 ? 0 : next[fallback[state] * width + letter];
        next[state * width + letter] = child ?? other;
        if (child === undefined) continue;
        fallback[child] = other;
        ends[child].push(...ends[other]);
        queue.push(child);
      }
    }
    for (let code = 65; code <= 90; code++) {
      this.#letters[code] = this.#letters[code + 32];
    }
    this.#next = next;
    this.#ends = ends;
  }

  /** Calls for each place where a word stands, with the word's number and the position after it. */
  find(text: string, onWord: (word: number, end: number) => void): void {
    const next = this.#next;
    const letters = this.#letters;
    const width = this.#width;
    const ends = this.#ends;
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      state = code < LETTERS ? next[state * width + letters[code]] : 0;
      if (state === 0) continue;
      const found = ends[state];
      for (let f = 0; f < found.length; f++) onWord(found[f], i + 1);
    }
  }
}

function codeOf(character: string): number {
  return character.charCodeAt(0);
}

function buildTrie(words: readonly string[], letters: Uint8Array) {
  const children: Map<number, number>[] = [new Map()];
  const ends: number[][] = [[]];
  words.forEach((word, index) => {
    let state = 0;
    for (const character of word) {
      const letter = letters[codeOf(character)];
      let child = children[state].get(letter);
      if (child === undefined) {
        child = children.push(new Map()) - 1;
        ends.push([]);
        children[state].set(letter, child);
      }
      state = child;
    }
    ends[state].push(index);
  });
  return { children, ends };
}
