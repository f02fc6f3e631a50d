import { Component, computed, input } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import type { OrchestrationRecord } from '#sdk';
import { CopyButton } from '../../../ui/copy-button';
import { FailureLink } from '../../failures';
import { operationsText } from '../operations.text';

/** Why an operation failed, what became of what it had made, and what the failing part itself said. */
@Component({
  selector: 'tg-operation-error',
  imports: [CopyButton, FailureLink, MatIcon],
  template: `
    <mat-icon svgIcon="error-fill" aria-hidden="true" />
    <div class="what">
      <p class="reason">{{ reason() }}</p>
      @if (aftermath(); as aftermath) {
        <p>{{ aftermath }}</p>
      }
      @if (operation().error_code; as code) {
        <tg-failure-link [code]="code" />
      }
      @if (operation().error_details; as details) {
        <pre tabindex="0" role="region" [attr.aria-label]="text.said">{{ details }}</pre>
      }
    </div>
    <tg-copy-button look="text" [value]="everything()" [what]="text.errorText" />
  `,
  styleUrl: './operation-error.scss',
})
export class OperationError {
  readonly operation = input.required<OrchestrationRecord>();
  protected readonly text = operationsText;
  protected readonly reason = computed(() => this.operation().error ?? operationsText.failedWithoutReason);
  protected readonly aftermath = computed(() => {
    const undoing = this.operation().activities.filter(({ phase }) => phase === 'compensation');
    if (undoing.length === 0) {
      return null;
    }
    if (undoing.every(({ status }) => status === 'succeeded')) {
      return operationsText.undone;
    }
    return undoing.some(({ status }) => status === 'failed') ? operationsText.notUndone : operationsText.undoing;
  });
  /** For a message to somebody who can help. */
  protected readonly everything = computed(() => {
    const { id, error_code: code, error_details: details } = this.operation();
    return [id, [code, this.reason()].filter((part) => part !== null).join(': '), details]
      .filter((part) => part !== null)
      .join('\n');
  });
}
