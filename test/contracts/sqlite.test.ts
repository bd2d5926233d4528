import { queueSuite } from './queue-suite.ts';
import { sqliteGround } from './sqlite-ground.ts';
import { storeSuite } from './store-suite.ts';

queueSuite('SQLite', sqliteGround);
storeSuite('SQLite', sqliteGround);
