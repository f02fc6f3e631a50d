import { MAT_FORM_FIELD_DEFAULT_OPTIONS, type MatFormFieldDefaultOptions } from '@angular/material/form-field';

/**
 * How form fields look. For the `providers` of components that show some, not of the application: importing it brings all of Material's
 * form fields along, a sixth of what would have to be loaded before the first page is there.
 */
export const outlinedFormFields = {
  provide: MAT_FORM_FIELD_DEFAULT_OPTIONS,
  useValue: {
    appearance: 'outline',
    subscriptSizing: 'dynamic',
    floatLabel: 'always',
  } satisfies MatFormFieldDefaultOptions,
};
