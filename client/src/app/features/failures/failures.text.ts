export const failuresText = {
  title: $localize`:@@failures.title:What can go wrong`,
  lead: $localize`:@@failures.lead:Each failure has a code. This is what the codes mean, and what to do.`,
  about: (code: string) => $localize`:@@failures.about:About ${code}:code:`,
};
