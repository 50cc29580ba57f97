import { openEverything } from '../support/smoke/openEverything';

// A separate file: the two windows are open side by side.
openEverything('restricted');
