import { Component, computed, inject } from '@angular/core';
import { ConnectNow } from '../../progress/connect-now';
import { FailedOverview } from '../failed/failed-overview';
import { InstancePage } from '../instance-page';
import { ActivityCard } from './activity-card';
import { ConnectionString } from './connection-string';
import { HealthCard } from './health-card';
import { InstanceFacts } from './instance-facts';
import { overviewText } from './overview.text';

/** How to connect first, then what is known; how it is at the side. A failed instance says why instead. */
@Component({
  selector: 'tg-overview-tab',
  imports: [ActivityCard, ConnectNow, ConnectionString, FailedOverview, HealthCard, InstanceFacts],
  templateUrl: './overview-tab.html',
  styleUrl: './overview-tab.scss',
})
export class OverviewTab {
  protected readonly page = inject(InstancePage);
  protected readonly text = overviewText;
  protected readonly address = computed(() => {
    const endpoint = this.page.instance()?.endpoint;
    return endpoint && `${endpoint.host}:${String(endpoint.port)}`;
  });
}
