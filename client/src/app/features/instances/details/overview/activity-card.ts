import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { InstanceDetails } from '#sdk';
import { LoadError } from '../../../../ui/load-error';
import { Skeleton } from '../../../../ui/skeleton';
import { InstanceTimeline } from '../activity/instance-timeline';
import { TimelineEntry } from '../activity/timeline-entry';
import { detailsText } from '../details.text';
import { overviewText } from './overview.text';

/** What happened last. */
@Component({
  selector: 'tg-activity-card',
  imports: [LoadError, RouterLink, Skeleton, TimelineEntry],
  template: `
    <section class="card" aria-labelledby="activity-card">
      <div class="card-head">
        <h2 id="activity-card">{{ page.activity }}</h2>
        <span class="spacer"></span>
        <a
          class="small"
          [routerLink]="['/instances', instance().user_name, 'activity']"
          [attr.aria-label]="text.openActivity"
          >{{ page.open }}</a
        >
      </div>
      @if (stories(); as stories) {
        <ol>
          @for (story of stories; track story.id) {
            <li><tg-timeline-entry [story]="story" /></li>
          } @empty {
            <li class="muted">{{ text.noActivity }}</li>
          }
        </ol>
      } @else if (timeline.error(); as error) {
        <tg-load-error [error]="error" (retry)="timeline.reload()" />
      } @else {
        <div class="loading">
          @for (line of [1, 2, 3]; track line) {
            <tg-skeleton height="38px" />
          }
        </div>
      }
    </section>
  `,
  styles: `
    li + li {
      border-top: 1px solid var(--tg-border);
    }
    .loading {
      display: grid;
      gap: 12px;
    }
  `,
})
export class ActivityCard {
  readonly instance = input.required<InstanceDetails>();
  protected readonly text = overviewText;
  protected readonly page = detailsText;
  protected readonly timeline = inject(InstanceTimeline);
  protected readonly stories = computed(() => this.timeline.stories()?.slice(0, 3));
}
