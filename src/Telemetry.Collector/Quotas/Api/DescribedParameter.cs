using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>A parameter as the OpenAPI description is to have it: what binding would have said of it.</summary>
internal sealed class DescribedParameter(ParameterInfo parameter) : IParameterBindingMetadata
{
    public string Name => parameter.Name!;

    public bool HasTryParse => parameter.ParameterType == typeof(string);

    public bool HasBindAsync => false;

    public ParameterInfo ParameterInfo => parameter;

    public bool IsOptional => new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
}
