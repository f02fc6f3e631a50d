/** How many bars of the meter are filled. */
export type Strength = 0 | 1 | 2 | 3 | 4;

/** Parts that are tried first by whoever guesses: they count as one character, however long they are. */
const COMMON = [
  'password',
  'passwort',
  'postgres',
  'database',
  'toygres',
  'welcome',
  'letmein',
  'qwertz',
  'qwerty',
  'secure',
  'secret',
  'admin',
  'login',
  'pass',
  'root',
  'user',
  'test',
];
/** From here on, in bits, each bar is filled. */
const STEPS = [1, 40, 60, 80] as const;

/**
 * What a password is worth against guessing, from its length and the kinds of its characters. Known words, the name, repetition and runs
 * such as "1234" count for little.
 *
 * @param name of the instance; may be empty
 */
export function passwordStrength(password: string, name: string): Strength {
  const bits = effectiveLength(password, name) * Math.log2(Math.max(2, poolOf(password)));
  return STEPS.filter((step) => bits >= step).length as Strength;
}

function effectiveLength(password: string, name: string): number {
  const words = name === '' ? COMMON : [name.toLowerCase(), ...COMMON];
  const rest = words.reduce((text, word) => text.replaceAll(word, '\0'), password.toLowerCase());
  const codes = Array.from(rest, (character) => character.codePointAt(0) ?? 0);
  const continuesRun = (index: number): boolean => {
    const [first = NaN, second = NaN, third = NaN] = codes.slice(Math.max(0, index - 2), index + 1);
    return third - second === second - first && Math.abs(third - second) <= 1;
  };
  return codes.filter((_, index) => !continuesRun(index)).length;
}

/** How many characters there are of the kinds that the password has. */
function poolOf(password: string): number {
  const kinds: readonly (readonly [RegExp, number])[] = [
    [/\p{Ll}/u, 26],
    [/\p{Lu}/u, 26],
    [/\p{Nd}/u, 10],
    [/[^\p{L}\p{Nd}]/u, 33],
  ];
  return kinds.reduce((sum, [kind, count]) => sum + (kind.test(password) ? count : 0), 0);
}
