#!/bin/sh
. "$(dirname "$0")/../common.sh"
if [ -z "${JAVA_HOME:-}" ]; then
    need javac "install a JDK 17 or later, for example with: apt-get install openjdk-17-jdk-headless"
fi
maven=../../mvnw
[ -x "$maven" ] || maven=mvn
# Offline first: once everything is in the local repository, no network is needed.
"$maven" -q -o package >/dev/null 2>&1 || "$maven" -q package
pack target/package
