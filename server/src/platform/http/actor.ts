/** Who acts while there are no accounts: the API listens on loopback only, and everybody who reaches it is the same. */
export const ANONYMOUS = 'anonymous';
