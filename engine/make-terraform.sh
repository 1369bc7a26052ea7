#!/bin/sh
# Puts Terraform and its provider for REST services into .engine/terraform/bin, for the benchmark alone: some minutes, once.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
. "$here/build-go.sh"
bin=$engine/terraform/bin

build_once terraform github.com/hashicorp/terraform terraform
build_once terraform github.com/Mastercard/terraform-provider-restapi terraform-provider-restapi
