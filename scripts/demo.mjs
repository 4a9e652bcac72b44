import { runDemo } from './demoFleet.mjs';

process.exitCode = runDemo(process.argv.slice(2), process.env.FETTLE_DEMO_DIR);
