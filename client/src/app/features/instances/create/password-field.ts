import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Component, computed, inject, signal } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatIcon } from '@angular/material/icon';
import { MatInput } from '@angular/material/input';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import { PASSWORD_RULES } from '#rules';
import { CopyButton } from '../../../ui/copy-button';
import { createText, ruleLabel } from './create.text';
import { InstanceForm } from './instance-form';
import { passwordStrength } from './password-strength';

const CODES = new Set(PASSWORD_RULES.map(({ code }) => code));

/** The password, generated or typed, with the rules that it meets and what it is worth. */
@Component({
  selector: 'tg-password-field',
  imports: [CopyButton, FormField, MatButton, MatFormFieldModule, MatIcon, MatIconButton, MatInput, MatSlideToggle],
  templateUrl: './password-field.html',
  styleUrl: './password-field.scss',
})
export class PasswordField {
  readonly #announcer = inject(LiveAnnouncer);
  protected readonly form = inject(InstanceForm);
  protected readonly text = createText;
  protected readonly field = this.form.fields.password;
  /** A generated password is there to be seen and copied. */
  protected readonly visible = signal(true);

  protected readonly rules = computed(() => {
    const { password } = this.form.draft();
    const name = this.form.nameToAvoid();
    return PASSWORD_RULES.map(({ code, message, isMet }) => ({
      code,
      label: ruleLabel[code] ?? message,
      isMet: password !== '' && isMet({ password, name }),
    }));
  });
  /** What the list of rules does not say. */
  protected readonly otherFaults = computed(() =>
    this.field()
      .errors()
      .filter(({ kind }) => !CODES.has(kind)),
  );
  protected readonly strength = computed(() => {
    const bars = passwordStrength(this.form.draft().password, this.form.nameToAvoid());
    return { bars, word: ['', createText.weak, createText.fair, createText.good, createText.strong][bars] ?? '' };
  });
  protected readonly bars = [1, 2, 3, 4] as const;

  protected generate(): void {
    this.form.generate();
    this.visible.set(true);
    void this.#announcer.announce(createText.generated);
  }
}
