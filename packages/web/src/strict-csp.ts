// Keeps the schema library from compiling code at run time, which a strict content security policy forbids
// and reports. Must run before any schema is made: import it first.
import { config } from 'zod';

config({ jitless: true });
