import { queueDeathsSuite } from './queue-deaths-suite.ts';
import { queueModel } from './queue-model.ts';
import { queueSuite } from './queue-suite.ts';
import { queueTimesSuite } from './queue-times-suite.ts';
import { queueTurnsSuite } from './queue-turns-suite.ts';
import { sqliteGround } from './sqlite-ground.ts';
import { storeSuite } from './store-suite.ts';

queueSuite('SQLite', sqliteGround);
queueTimesSuite('SQLite', sqliteGround);
queueTurnsSuite('SQLite', sqliteGround);
queueDeathsSuite('SQLite', sqliteGround);
storeSuite('SQLite', sqliteGround);
queueModel('SQLite', sqliteGround, 100);
