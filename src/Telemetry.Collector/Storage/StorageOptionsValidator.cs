using Microsoft.Extensions.Options;

namespace Telemetry.Collector.Storage;

/// <summary>Generated from the attributes of <see cref="StorageOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
