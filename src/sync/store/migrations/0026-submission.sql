-- Where an account sends has one name, without the exceptions of the server it receives from.
UPDATE accounts
SET settings_json = json_remove(
  json_set(settings_json, '$.submission', json(json_remove(settings_json -> '$.smtp', '$.allowPlaintext'))),
  '$.smtp')
WHERE json_type(settings_json, '$.smtp') IS NOT NULL;
