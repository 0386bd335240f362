import { configureGlobal } from 'fast-check';

// The same cases in every run, so that what lands does not depend on luck; FAST_CHECK_SEED=<number> draws others.
configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_121) });
