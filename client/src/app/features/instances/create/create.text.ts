export const createText = {
  title: $localize`:@@create.title:Create instance`,
};
