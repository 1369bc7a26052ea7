# A resource a site, by the provider for any REST service.

terraform {
  required_providers {
    restapi = { source = "Mastercard/restapi" }
  }
}

variable "base_url" { type = string }

variable "access_token" {
  type      = string
  sensitive = true
}

provider "restapi" {
  uri                   = var.base_url
  headers               = { Authorization = "Bearer ${var.access_token}" }
  id_attribute          = "siteGuid"
  create_returns_object = true
  update_method         = "PATCH"
}

locals {
  sites    = jsondecode(file("${path.module}/sites.json"))
  defaults = local.sites.defaults
}

resource "restapi_object" "site" {
  for_each = local.sites.connections

  path        = "/api/v2/sitelocation"
  create_path = "/api/v2/customer/${local.defaults.customerGuid}/sitelocation/"
  update_path = "/api/v2/customer/${local.defaults.customerGuid}/sitelocation/{id}"

  data = jsonencode({
    siteLocationName     = each.value.siteName
    ovocCustomerType     = "IPGROUP_TYPE"
    sbcId                = each.value.sbcId
    sbcOnboardingScript  = local.defaults.sbcScripts.onboardingScript
    sbcCleanupScript     = local.defaults.sbcScripts.cleanupScript
    sbcConfigurationType = 1
    scriptParameters = merge(local.defaults.sbcScripts.customerVariables, {
      CacProfile      = each.value.cacProfile
      CarrierMainLine = each.value.carrierMainLine
      CarrierHostName = local.defaults.carrierHostName
    })
  })

  update_data = jsonencode({
    sbcId           = each.value.sbcId
    CacProfile      = each.value.cacProfile
    CarrierMainLine = each.value.carrierMainLine
    CarrierHostName = local.defaults.carrierHostName
  })
}
