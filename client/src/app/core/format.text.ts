export const formatText = {
  justNow: $localize`:@@format.justNow:just now`,
  secondsAgo: (count: string) => $localize`:@@format.secondsAgo:${count}:count: s ago`,
  minutesAgo: (count: string) => $localize`:@@format.minutesAgo:${count}:count: min ago`,
  inSeconds: (count: string) => $localize`:@@format.inSeconds:in ${count}:count: s`,
  inMinutes: (count: string) => $localize`:@@format.inMinutes:in ${count}:count: min`,
};
