import { config } from 'zod';

// The content security policy forbids compiling code from text, and the library's attempt would be reported as a
// violation. Imported before anything that validates.
config({ jitless: true });
