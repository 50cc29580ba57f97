import { openEverything } from '../support/smoke/openEverything';

// A file of its own: the two windows are open side by side.
openEverything('restricted');
