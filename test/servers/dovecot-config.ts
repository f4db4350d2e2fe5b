export interface DovecotSettings {
  readonly directory: string;
  readonly imapPort: number;
  readonly imapsPort: number;
  readonly lmtpPort: number;
  /** System user that owns the mail when the server runs as root; the current user otherwise. */
  readonly mailUser: string;
  readonly mailGroup: string;
  readonly asRoot: boolean;
  /** Replaces the advertised capabilities, to play a poorer server. */
  readonly capabilities?: string | undefined;
  /** SASL mechanisms it offers; a plain password and the LOGIN command's ones by default. */
  readonly mechanisms?: string | undefined;
}

/**
 * A Dovecot 2.3 that keeps everything in one directory and listens on loopback only. What differs from the defaults is
 * what tests would otherwise wait for: no delay and no penalty after a refused login, no fsync, many connections.
 */
export function dovecotConfig(settings: DovecotSettings): string {
  const { directory, mailUser, mailGroup } = settings;
  return `
base_dir = ${directory}/run
state_dir = ${directory}/state
instance_name = homeport-test-${settings.imapPort}
log_path = ${directory}/dovecot.log
info_log_path = ${directory}/dovecot-info.log
listen = 127.0.0.1
protocols = imap lmtp
${settings.asRoot ? '' : `default_internal_user = ${mailUser}\ndefault_internal_group = ${mailGroup}\ndefault_login_user = ${mailUser}`}

mail_uid = ${mailUser}
mail_gid = ${mailGroup}
first_valid_uid = 1
first_valid_gid = 1
mail_home = ${directory}/mail/%n
mail_location = maildir:~/Maildir
disable_plaintext_auth = no
auth_mechanisms = ${settings.mechanisms ?? 'plain login'}
auth_username_format = %Ln
auth_failure_delay = 0
mail_fsync = never
mail_plugins = acl
plugin {
  acl = vfile
}
mail_max_userip_connections = 200
ssl = yes
ssl_cert = <${directory}/tls/cert.pem
ssl_key = <${directory}/tls/key.pem
ssl_dh =
${settings.capabilities === undefined ? '' : `imap_capability = ${settings.capabilities}`}

passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%n ${directory}/users
}
userdb {
  driver = static
  args = uid=${mailUser} gid=${mailGroup} home=${directory}/mail/%n allow_all_users=no
}

namespace inbox {
  inbox = yes
  separator = /
${[
  ['Drafts', '\\Drafts'],
  ['Sent', '\\Sent'],
  ['Trash', '\\Trash'],
  ['Junk', '\\Junk'],
  ['Archive', '\\Archive'],
]
  .map(([name, use]) => `  mailbox ${name} {\n    auto = subscribe\n    special_use = ${use}\n  }`)
  .join('\n')}
}

service imap-login {
  inet_listener imap {
    port = ${settings.imapPort}
  }
  inet_listener imaps {
    port = ${settings.imapsPort}
    ssl = yes
  }
  service_count = 0
  process_min_avail = 1${settings.asRoot ? '' : '\n  chroot ='}
}
service imap {
  process_limit = 512
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${settings.lmtpPort}
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }${settings.asRoot ? '' : '\n  chroot ='}
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }${settings.asRoot ? '' : '\n  chroot ='}
}
`;
}
