export { DockerBench } from './docker-bench.ts'
export { startDockerEngine } from './docker-engine.ts'
