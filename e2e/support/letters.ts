/** Messages as servers hold them. */
export interface Letter {
  readonly subject: string;
  readonly from?: string;
  readonly to?: string;
  readonly text?: string;
  readonly html?: string;
  /** Local part of the Message-ID. */
  readonly id?: string;
  readonly inReplyTo?: string;
  readonly date?: Date;
  readonly headers?: readonly string[];
  readonly attachments?: readonly {
    readonly name: string;
    readonly type: string;
    readonly content: string | Buffer;
  }[];
}

let counter = 0;

export function letter(options: Letter): string {
  counter += 1;
  const id = options.id ?? `e2e-${process.pid}-${counter}`;
  const date = (options.date ?? new Date()).toUTCString().replace('GMT', '+0000');
  const head = [
    `From: ${options.from ?? 'Ann Baker <ann@example.org>'}`,
    `To: ${options.to ?? 'Me <me@example.org>'}`,
    `Subject: ${options.subject}`,
    `Date: ${date}`,
    `Message-ID: <${id}@example.org>`,
    ...(options.inReplyTo
      ? [`In-Reply-To: <${options.inReplyTo}@example.org>`, `References: <${options.inReplyTo}@example.org>`]
      : []),
    ...(options.headers ?? []),
    'MIME-Version: 1.0',
  ];
  const text = options.text ?? `This is the text of ${options.subject}.`;
  const bodies = [
    part('text/plain', text),
    ...(options.html === undefined ? [] : [part('text/html', options.html)]),
  ];
  const body = bodies.length === 1 ? (bodies[0] ?? '') : multipart('alternative', `alt${counter}`, bodies);
  const files = (options.attachments ?? []).map(({ name, type, content }) =>
    [
      `Content-Type: ${type}; name="${name}"`,
      `Content-Disposition: attachment; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(content).toString('base64'),
    ].join('\r\n'),
  );
  const whole = files.length === 0 ? body : multipart('mixed', `mix${counter}`, [body, ...files]);
  return `${head.join('\r\n')}\r\n${whole}\r\n`;
}

/** Several, as a Maildir takes them; the first is the newest. */
export function letters(
  count: number,
  make: (at: number) => Letter,
): { raw: Buffer; flags: string[]; date: number }[] {
  const now = Date.now();
  return Array.from({ length: count }, (_, at) => {
    const date = new Date(now - (at + 1) * 60_000);
    return { raw: Buffer.from(letter({ date, ...make(at) })), flags: [], date: date.getTime() };
  });
}

function part(type: string, content: string): string {
  return `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\r\n')}`;
}

function multipart(kind: string, boundary: string, parts: readonly string[]): string {
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${parts.map((each) => `--${boundary}\r\n${each}\r\n`).join('')}--${boundary}--`;
}
