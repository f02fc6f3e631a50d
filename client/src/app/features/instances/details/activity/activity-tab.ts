import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { LoadError } from '../../../../ui/load-error';
import { Skeleton } from '../../../../ui/skeleton';
import { InstancePage } from '../instance-page';
import { activityText } from './activity.text';
import { InstanceTimeline } from './instance-timeline';
import { operationsOf } from './operation-queries';
import { OperationRows } from './operation-rows';
import { TimelineEntry } from './timeline-entry';

/** Operations that are remembered for the look back; all of them are under Operations. */
const OPERATIONS = 20;

/** What was done to an instance, and what happened to it. */
@Component({
  selector: 'tg-activity-tab',
  imports: [LoadError, MatButton, OperationRows, Skeleton, TimelineEntry],
  templateUrl: './activity-tab.html',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: var(--tg-gap);
    }
    li + li {
      border-top: 1px solid var(--tg-border);
    }
    .loading {
      display: grid;
      gap: 12px;
    }
    .older {
      margin-top: 12px;
    }
  `,
})
export class ActivityTab {
  protected readonly text = activityText;
  protected readonly timeline = inject(InstanceTimeline);
  readonly #page = inject(InstancePage);
  readonly #id = computed(() => this.#page.instance()?.id);
  protected readonly operations = operationsOf(this.#id, OPERATIONS);
}
