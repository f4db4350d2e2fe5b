import { config } from 'zod';

// The content security policy forbids compiling code from text, and the library's attempt would be reported as a
// violation. The build puts it beside the library itself, so that it runs before anything that validates.
config({ jitless: true });
