export const connectNowText = {
  title: $localize`:@@progress.connect.title:Connect now`,
  lead: $localize`:@@progress.connect.lead:The instance is ready. This command opens a session; the password is put in when you copy it.`,
  command: $localize`:@@progress.connect.command:psql command with password`,
  more: $localize`:@@progress.connect.more:No psql here? Other languages and tools`,
};
