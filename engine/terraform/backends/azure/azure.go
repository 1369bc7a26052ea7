// Package azure stands for a state backend that is not built; the benchmark keeps its state on the local disk.
package azure

import "github.com/hashicorp/terraform/internal/backend"

func New() backend.Backend { panic("this terraform is built without the backend azure") }
