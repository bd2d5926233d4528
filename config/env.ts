/** The checked settings of one process; see `.env.example` for what each means. */
export interface Settings {
  readonly role: 'server' | 'worker' | 'both';
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** No slash at the end; '' when the bot has no public address. */
  readonly publicUrl: string;
  /** '' when a personal token is used instead of an App, or in the server role. */
  readonly appId: string;
  /** PEM text; '' in the server role, which must never hold it. */
  readonly privateKey: string;
  readonly webhookSecrets: readonly string[];
  /** Personal access token; '' in App mode. */
  readonly token: string;
  readonly apiUrl: string;
  readonly dataDir: string;
  readonly rulesFile: string;
  readonly logType: 'console' | 'file';
  readonly logLevel: string;
  readonly logFormat: 'text' | 'json';
}
