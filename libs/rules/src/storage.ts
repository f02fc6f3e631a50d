/** Smallest and largest volume, in GB (10^9 bytes): the limits of the design document. */
export const STORAGE_MIN_GB = 10;
export const STORAGE_MAX_GB = 1000;
