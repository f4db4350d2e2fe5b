import { expect, test } from 'vitest';
import { controlFile, DESKTOP_ENTRY } from './deb-files.mjs';

test('the control file says what Debian asks for', () => {
  const control = controlFile({ version: '0.1.0', arch: 'x64', kilobytes: 275_524 });
  for (const line of ['Package: homeport', 'Version: 0.1.0', 'Architecture: amd64', 'Installed-Size: 275524'])
    expect(control.split('\n')).toContain(line);
  expect(control.split('\n').filter((line) => !/^([A-Z][A-Za-z-]+: \S| \S|$)/.test(line))).toEqual([]);
  expect(controlFile({ version: '0.1.0', arch: 'arm64', kilobytes: 1 })).toContain('\nArchitecture: arm64\n');
  expect(() => controlFile({ version: '0.1.0', arch: 'mips', kilobytes: 1 })).toThrow(/mips/);
});

test('the desktop entry starts the app and takes mail addresses', () => {
  expect(DESKTOP_ENTRY).toContain('\nExec=/opt/Homeport/homeport %u\n');
  expect(DESKTOP_ENTRY).toContain('\nMimeType=x-scheme-handler/mailto;\n');
});
