{{- define "sprechzimmer.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 52 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "sprechzimmer.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "sprechzimmer.labels" -}}
{{ include "sprechzimmer.selector" . }}
app.kubernetes.io/version: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "sprechzimmer.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{/* Whether the video room of the service itself is used: "true" or nothing. */}}
{{- define "sprechzimmer.embedded" -}}
{{- if not .Values.backends }}true{{ else }}{{ range .Values.backends }}{{ if eq .kind "embedded" }}true{{ end }}{{ end }}{{ end }}
{{- end }}

{{/* So many pods there may be at once. */}}
{{- define "sprechzimmer.most" -}}
{{ if .Values.autoscaling.enabled }}{{ max (int .Values.replicas) (int .Values.autoscaling.max) }}{{ else }}{{ int .Values.replicas }}{{ end }}
{{- end }}

{{/* Whether there may be more than one: "true" or nothing. */}}
{{- define "sprechzimmer.several" -}}
{{- if gt (int (include "sprechzimmer.most" .)) 1 }}true{{ end }}
{{- end }}

{{/* Whether each of several pods is reached under a name of its own, as rooms live in one of them: "true" or nothing. */}}
{{- define "sprechzimmer.pinned" -}}
{{- if and (include "sprechzimmer.several" .) (include "sprechzimmer.embedded" .) }}true{{ end }}
{{- end }}

{{/* That name; {replica} stands for the pod. */}}
{{- define "sprechzimmer.replicaHost" -}}
{{ .Values.replicaHost | default (printf "{replica}.%s" .Values.host) }}
{{- end }}

{{/* The pods that have a name of their own, as a JSON list of name and host. */}}
{{- define "sprechzimmer.replicas" -}}
{{- $replicas := list }}
{{- if include "sprechzimmer.pinned" . }}
{{- range $number := until (int (include "sprechzimmer.most" .)) }}
{{- $pod := printf "%s-%d" (include "sprechzimmer.name" $) $number }}
{{- $relay := include "sprechzimmer.relayHost" $ | replace "{replica}" $pod }}
{{- $replicas = append $replicas (dict "name" $pod "host" (include "sprechzimmer.replicaHost" $ | replace "{replica}" $pod) "relay" $relay) }}
{{- end }}
{{- end }}
{{- toJson $replicas }}
{{- end }}

{{- define "sprechzimmer.relayHost" -}}
{{ .Values.relay.host | default .Values.host }}
{{- end }}

{{/* What no schema can say: values that do not go together, each with what to do. */}}
{{- define "sprechzimmer.check" -}}
{{- $problems := list }}
{{- if not .Values.host }}
{{- $problems = append $problems "host is missing: the name people type, for instance sprechzimmer.schule.example, without https:// and without a path" }}
{{- else if not (regexMatch "^[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)+$" .Values.host) }}
{{- $problems = append $problems (printf "host is %q: write only the name, for instance sprechzimmer.schule.example, without https:// and without a path" .Values.host) }}
{{- end }}
{{- if not .Values.school.name }}
{{- $problems = append $problems "school.name is missing: it stands on every page" }}
{{- end }}
{{- with .Values.school.officer }}
{{- if not .name }}
{{- $problems = append $problems "school.officer.name is missing: the data-protection officer, to whom incidents are reported (rule 10)" }}
{{- end }}
{{- if not (or .email .telephone) }}
{{- $problems = append $problems "school.officer needs an email or a telephone: incidents are reported there (rule 10)" }}
{{- end }}
{{- end }}
{{- if and .Values.ingress.enabled .Values.route.enabled }}
{{- $problems = append $problems "ingress.enabled and route.enabled are both true; switch one of them off" }}
{{- end }}
{{- if and .Values.ingress.enabled (not .Values.ingress.tlsSecret) (not .Values.tls.secret) }}
{{- $problems = append $problems "ingress.tlsSecret is missing: browsers give no camera without https; name the Secret with the certificate of the host" }}
{{- end }}
{{- if and .Values.route.enabled (not .Values.route.gateway.name) }}
{{- $problems = append $problems "route.gateway.name is missing: name the Gateway that serves the host" }}
{{- end }}
{{- if and (include "sprechzimmer.embedded" .) (eq .Values.relay.way "tls") (not .Values.tls.secret) }}
{{- $problems = append $problems "relay.way is tls, but tls.secret is missing: the service must speak TLS itself, so that pages and relay share a port" }}
{{- end }}
{{- if and (include "sprechzimmer.embedded" .) (eq .Values.relay.way "hostPort") (not .Values.nodeSelector) }}
{{- $problems = append $problems "relay.way is hostPort, but nodeSelector is empty: pick the node that relay.host leads to" }}
{{- end }}
{{- if and (include "sprechzimmer.several" .) (not .Values.database.secret) }}
{{- $problems = append $problems "more than one replica needs PostgreSQL, as an SQLite file is for one process: name the Secret with its address as database.secret" }}
{{- end }}
{{- if include "sprechzimmer.pinned" . }}
{{- if not (contains "{replica}" (include "sprechzimmer.replicaHost" .)) }}
{{- $problems = append $problems "replicaHost must hold {replica}, which stands for the pod: a room lives in one of them, and browsers must reach that one" }}
{{- end }}
{{- if and (eq .Values.relay.way "loadBalancer") (not (contains "{replica}" .Values.relay.host)) }}
{{- $problems = append $problems "relay.host must hold {replica}, which stands for the pod: with more than one replica each has a relay of its own, as {replica}.relay.schule.example" }}
{{- end }}
{{- if eq .Values.relay.way "hostPort" }}
{{- $problems = append $problems "relay.way is hostPort, which leads to one node: with more than one replica choose loadBalancer or tls" }}
{{- end }}
{{- end }}
{{- range $name := list "serviceMonitor" "rules" "dashboard" }}
{{- if and (get $.Values.metrics $name).enabled (not $.Values.metrics.enabled) }}
{{- $problems = append $problems (printf "metrics.%s.enabled is true, but metrics.enabled is false: there would be no numbers" $name) }}
{{- end }}
{{- end }}
{{- if $problems }}
{{- fail (printf "\n\nThese values do not go together:\n  - %s\n" (join "\n  - " $problems)) }}
{{- end }}
{{- end }}

{{/* Ways to the relay that browsers are told (RFC 7065), as a JSON list. */}}
{{- define "sprechzimmer.announce" -}}
{{- $host := include "sprechzimmer.relayHost" . }}
{{- $port := int .Values.relay.port }}
{{- if eq .Values.relay.way "tls" }}
{{- list (printf "turns:%s:443?transport=tcp" (ternary (include "sprechzimmer.replicaHost" .) .Values.host (not (empty (include "sprechzimmer.pinned" .))))) | toJson }}
{{- else }}
{{- list (printf "turn:%s:%d?transport=udp" $host $port) (printf "turn:%s:%d?transport=tcp" $host $port) | toJson }}
{{- end }}
{{- end }}

{{/* The video systems, as a JSON list: the embedded one is told how it is reached. */}}
{{- define "sprechzimmer.backends" -}}
{{- $announce := include "sprechzimmer.announce" . | fromJsonArray }}
{{- $udp := ternary (list) (list "0.0.0.0:3478") (eq .Values.relay.way "tls") }}
{{- $backends := list }}
{{- range .Values.backends | default (list (dict "kind" "embedded")) }}
{{- if eq .kind "embedded" }}
{{- $backends = append $backends (merge (dict) . (dict "udp" $udp "announce" $announce)) }}
{{- else }}
{{- $backends = append $backends . }}
{{- end }}
{{- end }}
{{- toJson $backends }}
{{- end }}

{{/* The configuration of the service. */}}
{{- define "sprechzimmer.configuration" -}}
{{- $config := dict "public_url" (printf "https://%s" .Values.host) "listen" "0.0.0.0:8080" "key_file" "/run/secrets/key/sprechzimmer.key" "stop_within" (printf "%d min" (int .Values.stopWithinMinutes)) }}
{{- if .Values.database.secret }}
{{- $_ := set $config "database_url_file" (printf "/run/secrets/database/%s" .Values.database.secretKey) }}
{{- else }}
{{- $_ := set $config "database_file" "/var/lib/sprechzimmer/sprechzimmer.db" }}
{{- end }}
{{- if include "sprechzimmer.several" . }}
{{- $replica := dict "name" "{replica}" }}
{{- if include "sprechzimmer.pinned" . }}{{ $_ := set $replica "address" (printf "https://%s" (include "sprechzimmer.replicaHost" .)) }}{{ end }}
{{- $_ := set $config "replica" $replica }}
{{- end }}
{{- if .Values.metrics.enabled }}{{ $_ := set $config "metrics_listen" (printf "0.0.0.0:%d" (int .Values.metrics.port)) }}{{ end }}
{{- with .Values.trustedProxies }}{{ $_ := set $config "trusted_proxies" . }}{{ end }}
{{- if .Values.tls.secret }}
{{- $_ := set $config "tls" (dict "certificate_file" "/run/secrets/tls/tls.crt" "key_file" "/run/secrets/tls/tls.key") }}
{{- end }}
{{- $officer := dict "name" .Values.school.officer.name }}
{{- range $key := list "email" "telephone" }}
{{- with get $.Values.school.officer $key }}{{ $_ := set $officer $key . }}{{ end }}
{{- end }}
{{- $_ := set $config "school" (merge (dict "officer" $officer) (omit .Values.school "officer")) }}
{{- with .Values.policy }}{{ $_ := set $config "policy" . }}{{ end }}
{{- with .Values.platforms }}{{ $_ := set $config "platform" . }}{{ end }}
{{- $_ := set $config "backend" (include "sprechzimmer.backends" . | fromJsonArray) }}
{{- /* every number of a value is a fraction to Helm */ -}}
{{- regexReplaceAll "(?m)= ([0-9]+)\\.0$" (toToml $config) "= ${1}" }}
{{- end }}

{{/* The configuration and every Secret it names; without the database volume. */}}
{{- define "sprechzimmer.mounts" -}}
- name: configuration
  mountPath: /etc/sprechzimmer
  readOnly: true
- name: key
  mountPath: /run/secrets/key
  readOnly: true
{{- if .Values.database.secret }}
- name: database-url
  mountPath: /run/secrets/database
  readOnly: true
{{- end }}
{{- if .Values.tls.secret }}
- name: tls
  mountPath: /run/secrets/tls
  readOnly: true
{{- end }}
{{- range .Values.secrets }}
- name: secret-{{ . }}
  mountPath: /run/secrets/{{ . }}
  readOnly: true
{{- end }}
{{- end }}

{{- define "sprechzimmer.volumes" -}}
{{- $secret := "secret: { secretName: %s, defaultMode: 0440 }" }}
- name: configuration
  configMap:
    name: {{ include "sprechzimmer.name" . }}
- name: key
  {{ printf $secret .Values.keySecret }}
{{- with .Values.database.secret }}
- name: database-url
  {{ printf $secret . }}
{{- end }}
{{- with .Values.tls.secret }}
- name: tls
  {{ printf $secret . }}
{{- end }}
{{- range .Values.secrets }}
- name: secret-{{ . }}
  {{ printf $secret . }}
{{- end }}
{{- end }}
