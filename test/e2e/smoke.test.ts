import { openEverything } from '../support/smoke/openEverything';

openEverything('trusted');
