/**
 * @typedef {{ id: string, package: string, severity: string, title: string }} Finding one advisory that holds for a
 *   locked package; `id` such as `GHSA-xxxx-xxxx-xxxx`
 * @typedef {{ id: string, package: string, reason: string, until: string }} Exception `until`: its last day, YYYY-MM-DD
 * @typedef {{ state: 'clean' | 'findings' | 'not-asked', lines: string[] }} Verdict
 */

/** A hole may be lived with for half a year at most; then somebody looks again. */
const LONGEST_EXCEPTION_DAYS = 183;
const DAY_MS = 24 * 60 * 60 * 1000;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The gate of `npm audit` (APP-373): clean only when an answer came and every finding in it has an exception that still
 * holds. An answer of an unknown form counts as none. An exception that has ended fails even when nobody could be asked.
 * @param {unknown} report what `npm audit --json` wrote, parsed; null when that was no JSON
 * @param {unknown} exceptions the content of docs/audit-exceptions.json
 * @param {string} today YYYY-MM-DD
 * @returns {Verdict}
 */
export function judgeAudit(report, exceptions, today) {
  const judged = judgeExceptions(exceptions, today);
  const findings = readFindings(report);
  if (findings === null) {
    const lines = [`not asked: ${whyNot(report)}`, ...judged.problems];
    return { state: judged.problems.length > 0 ? 'findings' : 'not-asked', lines };
  }
  const excused = (/** @type {Finding} */ finding) =>
    judged.valid.find((exception) => exception.id === finding.id && exception.package === finding.package);
  const open = findings.filter((finding) => excused(finding) === undefined);
  const needed = new Set(findings.map(excused));
  const lines = [
    ...open.map(({ id, package: name, severity, title }) => `${severity}: ${name}: ${title} (${id})`),
    ...judged.problems,
    ...judged.valid
      .filter((exception) => needed.has(exception))
      .map(({ id, package: name, reason, until }) => `excepted until ${until}: ${name} (${id}): ${reason}`),
    ...judged.valid
      .filter((exception) => !needed.has(exception))
      .map(({ id, package: name }) => `no longer needed: the exception for ${name} (${id})`),
  ];
  return { state: open.length + judged.problems.length > 0 ? 'findings' : 'clean', lines };
}

/**
 * @param {unknown} exceptions
 * @param {string} today
 * @returns {{ valid: Exception[], problems: string[] }}
 */
function judgeExceptions(exceptions, today) {
  if (!Array.isArray(exceptions)) return { valid: [], problems: ['the list of exceptions is no list'] };
  /** @type {Exception[]} */
  const valid = [];
  /** @type {string[]} */
  const problems = [];
  for (const [index, entry] of exceptions.entries()) {
    const { id, package: name, reason, until } = record(entry);
    if (!isText(id) || !isText(name) || !isText(reason) || !isText(until) || !DATE.test(until)) {
      problems.push(`exception ${index + 1} needs id, package, reason and until (YYYY-MM-DD)`);
    } else if (until < today) {
      problems.push(`the exception for ${name} (${id}) ended on ${until}: ${reason}`);
    } else if (Date.parse(until) - Date.parse(today) > LONGEST_EXCEPTION_DAYS * DAY_MS) {
      problems.push(`the exception for ${name} (${id}) is for more than ${LONGEST_EXCEPTION_DAYS} days`);
    } else {
      valid.push({ id, package: name, reason, until });
    }
  }
  return { valid, problems };
}

/**
 * The advisories in a report of version 2, each once per package; packages that are only affected through another one
 * repeat nothing. Null when this is no such report.
 * @param {unknown} report
 * @returns {Finding[] | null}
 */
function readFindings(report) {
  const { auditReportVersion, vulnerabilities, metadata } = record(report);
  const counted = record(record(metadata).vulnerabilities).total;
  if (auditReportVersion !== 2 || !isRecord(vulnerabilities) || typeof counted !== 'number') return null;
  /** @type {Map<string, Finding>} */
  const findings = new Map();
  for (const vulnerability of Object.values(vulnerabilities)) {
    const { via } = record(vulnerability);
    for (const advisory of Array.isArray(via) ? via.filter(isRecord) : []) {
      const { url, source, name, severity, title } = advisory;
      const id = /GHSA(-[0-9a-z]{4}){3}/.exec(String(url))?.[0] ?? String(source);
      const finding = { id, package: String(name), severity: String(severity), title: String(title) };
      findings.set(`${id} ${finding.package}`, finding);
    }
  }
  // Counted, but in no form we know: that must not pass for clean.
  return counted > 0 && findings.size === 0 ? null : [...findings.values()];
}

/** @param {unknown} report */
function whyNot(report) {
  const { message, error } = record(report);
  const { summary, code } = record(error);
  const said = [message, summary, code].find(isText);
  return said ?? 'the registry gave no answer that can be read';
}

/** @param {unknown} value @returns {Record<string, unknown>} */
function record(value) {
  return isRecord(value) ? value : {};
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isRecord(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @param {unknown} value @returns {value is string} */
function isText(value) {
  return typeof value === 'string' && value.trim() !== '';
}
