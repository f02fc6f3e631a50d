export const connectionText = {
  connect: $localize`:@@details.connect:Connect`,
  endpoint: $localize`:@@details.endpoint:Address`,
  dnsName: $localize`:@@details.endpointDns:DNS name`,
  ipAddress: $localize`:@@details.endpointIp:IP address`,
  language: $localize`:@@details.language:Language`,
  example: (language: string) => $localize`:@@details.example:Example for ${language}:language:`,
  showPassword: $localize`:@@details.showPassword:Show password`,
  hidePassword: $localize`:@@details.hidePassword:Hide password`,
  copiesPassword: $localize`:@@details.copiesPassword:Copies with the password filled in.`,
  asksPassword: $localize`:@@details.asksPassword:Asks for the password, then opens a prompt.`,
  everyClient: $localize`:@@details.everyClient:Read by psql and everything built on libpq. Copies with the password filled in.`,
  needs: (what: string) => $localize`:@@details.needs:Needs ${what}:what:. Copies with the password filled in.`,

  parameters: $localize`:@@details.parameters:Parameters`,
  forClients: $localize`:@@details.forClients:for graphical clients`,
  host: $localize`:@@details.host:Host`,
  port: $localize`:@@details.port:Port`,
  database: $localize`:@@details.database:Database`,
  user: $localize`:@@details.user:User`,
  password: $localize`:@@details.password:Password`,
  hides: $localize`:@@details.hides:A shown password hides itself after 30 s, and when you leave this window.`,

  tls: $localize`:@@details.tls:Encryption`,
  noTls: $localize`:@@details.noTls:Instances here do not offer TLS yet.`,
  noTlsMeaning: $localize`:@@details.noTlsMeaning:Queries and their results travel unencrypted, so connect over a network that you trust. The password itself is not sent: the login proves it (SCRAM-SHA-256).`,
  noTlsClients: $localize`:@@details.noTlsClients:A client that insists on TLS is refused. Set its mode to “prefer” or “disable”.`,
  gone: $localize`:@@details.endpointGone:There is no address to connect to.`,
};

/** By language: its name, and what it needs besides the language itself. */
export const languageText = {
  psql: 'psql',
  url: 'URL',
  env: 'env',
  dotnet: '.NET',
  jdbc: 'JDBC',
  node: 'Node.js',
  python: 'Python',
  go: 'Go',
  rust: 'Rust',
} as const;
