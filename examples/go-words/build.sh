#!/bin/sh
. "$(dirname "$0")/../common.sh"
need go "install Go 1.21 or later from https://go.dev/dl or, for example, with: apt-get install golang"
mkdir -p build/package
CGO_ENABLED=0 GOOS=linux go build -trimpath -tags lambda.norpc -ldflags '-s -w -buildid=' -o build/package/bootstrap .
pack build/package
