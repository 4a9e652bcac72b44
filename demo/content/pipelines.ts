/** The script that every pipeline of the fleet runs. */
export function ciScript(...commands: string[]): string {
  return ['#!/usr/bin/env bash', 'set -euo pipefail', ...commands, ''].join(
    '\n',
  );
}

export function workflow(image: string): string {
  return `name: ci
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
jobs:
  build:
    runs-on: ubuntu-24.04
    container: ${image}
    steps:
      - uses: actions/checkout@v4
      - run: .ci/run
`;
}

export function stages(image: string): string {
  return `image: ${image}

stages: [build]

build:
  stage: build
  script:
    - .ci/run
`;
}

export function jenkinsfile(): string {
  return `pipeline {
  agent any
  stages {
    stage('Build') {
      steps {
        sh '.ci/run'
      }
    }
  }
}
`;
}
