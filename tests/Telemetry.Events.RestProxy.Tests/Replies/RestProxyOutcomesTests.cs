using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy.Tests.Replies;

/// <summary>The table of docs/restproxy.md, row by row.</summary>
public class RestProxyOutcomesTests
{
    [Theory]
    [InlineData(RestProxyDialect.ConfluentV2, 40101, DeliveryStatus.Retriable, "unauthenticated")]
    [InlineData(RestProxyDialect.ConfluentV2, 40301, DeliveryStatus.Retriable, "unauthorized")]
    [InlineData(RestProxyDialect.ConfluentV2, 40401, DeliveryStatus.Retriable, "unknown_topic_or_part")]
    [InlineData(RestProxyDialect.ConfluentV2, 50002, DeliveryStatus.Final, "kafka_error")]
    [InlineData(RestProxyDialect.ConfluentV2, 50003, DeliveryStatus.Retriable, "kafka_retriable_error")]
    [InlineData(RestProxyDialect.ConfluentV3, 400, DeliveryStatus.Final, "bad_request")]
    [InlineData(RestProxyDialect.ConfluentV3, 408, DeliveryStatus.Retriable, "request_timeout")]
    [InlineData(RestProxyDialect.ConfluentV3, 413, DeliveryStatus.Final, "too_large")]
    [InlineData(RestProxyDialect.ConfluentV3, 415, DeliveryStatus.Final, "unsupported_media_type")]
    [InlineData(RestProxyDialect.ConfluentV3, 422, DeliveryStatus.Final, "unprocessable")]
    [InlineData(RestProxyDialect.ConfluentV3, 429, DeliveryStatus.Retriable, "throttled")]
    [InlineData(RestProxyDialect.ConfluentV3, 500, DeliveryStatus.Retriable, "server_error")]
    [InlineData(RestProxyDialect.ConfluentV3, 503, DeliveryStatus.Retriable, "unavailable")]
    [InlineData(RestProxyDialect.ConfluentV3, 40002, DeliveryStatus.Final, "kafka_bad_request")]
    [InlineData(RestProxyDialect.ConfluentV3, 40101, DeliveryStatus.Final, "unauthenticated")]
    [InlineData(RestProxyDialect.ConfluentV3, 40301, DeliveryStatus.Final, "unauthorized")]
    [InlineData(RestProxyDialect.ConfluentV3, 50002, DeliveryStatus.Final, "kafka_error")]
    [InlineData(RestProxyDialect.ConfluentV3, 50003, DeliveryStatus.Retriable, "kafka_retriable_error")]
    [InlineData(RestProxyDialect.ConfluentV3, 50302, DeliveryStatus.Retriable, "broker_unavailable")]
    [InlineData(RestProxyDialect.Strimzi, 400, DeliveryStatus.Final, "bad_request")]
    [InlineData(RestProxyDialect.Strimzi, 404, DeliveryStatus.Retriable, "unknown_topic_or_part")]
    [InlineData(RestProxyDialect.Strimzi, 422, DeliveryStatus.Final, "unprocessable")]
    [InlineData(RestProxyDialect.Strimzi, 500, DeliveryStatus.Unknown, "server_error")]
    [InlineData(RestProxyDialect.Strimzi, 503, DeliveryStatus.Retriable, "unavailable")]
    public void A_records_error_code(RestProxyDialect dialect, int code, DeliveryStatus status, string reason)
    {
        var outcome = RestProxyOutcomes.ForRecord(dialect, code);

        Assert.Equal((status, reason), (outcome.Status, outcome.Reason));
    }

    [Theory]
    [InlineData(RestProxyDialect.ConfluentV2, 400, DeliveryStatus.Final, "bad_request")]
    [InlineData(RestProxyDialect.ConfluentV2, 401, DeliveryStatus.Unknown, "unauthenticated")]
    [InlineData(RestProxyDialect.ConfluentV2, 403, DeliveryStatus.Unknown, "unauthorized")]
    [InlineData(RestProxyDialect.ConfluentV2, 413, DeliveryStatus.Final, "too_large")]
    [InlineData(RestProxyDialect.ConfluentV2, 429, DeliveryStatus.Retriable, "throttled")]
    [InlineData(RestProxyDialect.ConfluentV2, 503, DeliveryStatus.Unknown, "unavailable")]
    [InlineData(RestProxyDialect.ConfluentV2, 504, DeliveryStatus.Unknown, "server_error")]
    [InlineData(RestProxyDialect.ConfluentV3, 408, DeliveryStatus.Retriable, "request_timeout")]
    [InlineData(RestProxyDialect.ConfluentV3, 415, DeliveryStatus.Final, "unsupported_media_type")]
    [InlineData(RestProxyDialect.ConfluentV3, 503, DeliveryStatus.Retriable, "unavailable")]
    [InlineData(RestProxyDialect.Strimzi, 422, DeliveryStatus.Final, "unprocessable")]
    [InlineData(RestProxyDialect.Strimzi, 503, DeliveryStatus.Retriable, "unavailable")]
    [InlineData(RestProxyDialect.Strimzi, 302, DeliveryStatus.Retriable, "redirected")]
    [InlineData(RestProxyDialect.Strimzi, 418, DeliveryStatus.Retriable, "unexpected_status")]
    public void A_whole_requests_status(RestProxyDialect dialect, int httpStatus, DeliveryStatus status, string reason)
    {
        var outcome = RestProxyOutcomes.ForRequest(dialect, httpStatus);

        Assert.Equal((status, reason), (outcome.Status, outcome.Reason));
    }

    [Fact]
    public void A_code_that_nobody_documents_never_drops_an_event() =>
        Assert.All(
            Enum.GetValues<RestProxyDialect>(),
            dialect => Assert.Equal(DeliveryOutcome.Unknown("other_error"), RestProxyOutcomes.ForRecord(dialect, 77777)));
}
