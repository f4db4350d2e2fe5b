-- People the user knows from his own mail: whom he wrote to, and whose mail he starred or answered (APP-087). A name may
-- belong to several addresses and an address bear several names. What is here already teaches it at once; name_key is a
-- function of ours (name-key.ts), so the fill is one statement.

CREATE TABLE known_people (
  name_key TEXT NOT NULL,
  address TEXT NOT NULL,
  account_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (name_key, address, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX known_people_account ON known_people (account_id);
CREATE INDEX known_people_age ON known_people (last_at);

INSERT INTO known_people (name_key, address, account_id, name, last_at)
SELECT name_key(name), lower(address), account_id, name, at FROM (
  SELECT m.account_id AS account_id, p.value ->> 'name' AS name, p.value ->> 'address' AS address, m.received_at AS at
  FROM messages m, json_each(json_array(m.headers_json -> '$.to', m.headers_json -> '$.cc')) f, json_each(f.value) p
  WHERE EXISTS (SELECT 1 FROM memberships s JOIN mailboxes b ON b.id = s.mailbox_id
    WHERE s.message_id = m.id AND coalesce(b.role_override, b.role) = 'sent')
  UNION ALL
  SELECT account_id, from_name, from_address, received_at FROM messages
  WHERE ' ' || keywords || ' ' LIKE '% $flagged %' OR ' ' || keywords || ' ' LIKE '% $answered %'
)
WHERE name_key(name) <> '' AND address <> '' AND lower(address) NOT IN (SELECT lower(email) FROM accounts)
ON CONFLICT (name_key, address, account_id) DO UPDATE SET last_at = max(last_at, excluded.last_at);
