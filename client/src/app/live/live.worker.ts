/// <reference lib="webworker" />
import { EventFeed, type FeedMessage } from './event-feed';

/**
 * One connection for all tabs of a browser, because a browser opens only six to a server. Tabs say `bye` when they go; a tab that could not
 * is found out when it is written to for the last time, which harms nobody.
 */
declare const self: SharedWorkerGlobalScope;

const tabs = new Set<MessagePort>();
/** What a tab that comes later has to know. */
let standing: FeedMessage | undefined;

const feed = new EventFeed((message) => {
  if (message.kind === 'open' || message.kind === 'down') {
    standing = message;
  }
  for (const tab of tabs) {
    tab.postMessage(message);
  }
});

self.onconnect = ({ ports: [tab] }) => {
  if (!tab) {
    return;
  }
  tabs.add(tab);
  tab.onmessage = ({ data }: MessageEvent<'reconnect' | 'bye'>) => {
    if (data === 'reconnect') {
      feed.reconnect();
      return;
    }
    tabs.delete(tab);
    if (tabs.size === 0) {
      feed.stop();
      standing = undefined;
    }
  };
  if (standing) {
    tab.postMessage(standing);
  }
  if (tabs.size === 1) {
    feed.start();
  }
};
