//go:build tools

// Package terraform pins Terraform and the provider for REST services that the benchmark compares this package with.
package terraform

import (
	_ "github.com/Mastercard/terraform-provider-restapi"
	_ "github.com/hashicorp/terraform"
)
