import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { RouterLink } from '@angular/router';
import type { InstanceDetails } from '#sdk';
import { Format } from '../../../../core/format';
import { LoadError } from '../../../../ui/load-error';
import { Skeleton } from '../../../../ui/skeleton';
import { operationsOf } from '../activity/operation-queries';
import { detailsText } from '../details.text';
import { FailureLink } from '../../../failures';
import { kindWord } from '../../../operations';
import { ActivitySteps } from '../../progress/activity-steps';
import { InstanceActions } from '../../actions/instance-actions';
import { hasData } from '../../actions/offers';
import { InstanceFacts } from '../overview/instance-facts';
import { overviewText } from '../overview/overview.text';
import { activityText } from '../activity/activity.text';
import { failedText, helpFor } from './failed.text';

const WAYS_OUT: ReadonlySet<string> = new Set(['retry', 'start']);

/** Why an instance failed, what to do about it, and how far it came. */
@Component({
  selector: 'tg-failed-overview',
  imports: [ActivitySteps, FailureLink, InstanceFacts, LoadError, MatButton, MatIcon, RouterLink, Skeleton],
  templateUrl: './failed-overview.html',
  styleUrl: './failed-overview.scss',
})
export class FailedOverview {
  readonly instance = input.required<InstanceDetails>();
  protected readonly text = failedText;
  protected readonly page = detailsText;
  protected readonly overview = overviewText;
  readonly #format = inject(Format);
  protected readonly operations = operationsOf(() => this.instance().id, 1);
  readonly #actions = inject(InstanceActions);
  protected readonly help = computed(() => helpFor(this.instance().failure_code ?? '', hasData(this.instance())));
  protected readonly nameKept = computed(() => (hasData(this.instance()) ? failedText.dataKept : failedText.nameKept));
  /** Ways out without losing anything. */
  protected readonly ways = computed(() =>
    this.#actions.others(this.instance()).filter(({ id, reason }) => WAYS_OUT.has(id) && reason === undefined),
  );
  protected readonly operation = computed(() => this.operations.value()?.[0]);
  protected readonly facts = computed(() => {
    const operation = this.operation();
    if (!operation) {
      return '';
    }
    const { kind, started_at: start, finished_at: end } = operation;
    return [
      kindWord(kind),
      ...(start === null ? [] : [this.#format.absolute(start)]),
      ...(start === null || end === null
        ? []
        : [activityText.took(this.#format.duration(Date.parse(end) - Date.parse(start)))]),
    ].join(', ');
  });
}
