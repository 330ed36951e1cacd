using Microsoft.Extensions.Logging;

namespace Telemetry.Samples.ModelRunner;

internal static partial class Log
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "A phase of the model process failed.")]
    public static partial void PhaseFailed(ILogger logger, Exception exception);
}
