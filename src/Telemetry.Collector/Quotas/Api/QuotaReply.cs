using System.Buffers;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Telemetry.Collector.Quotas.Ledger;

namespace Telemetry.Collector.Quotas.Api;

/// <summary>Writes replies without anything in between.</summary>
internal static class QuotaReply
{
    private static readonly StringValues JsonType = "application/json; charset=utf-8";
    private static readonly StringValues ProblemType = "application/problem+json";
    private static readonly StringValues RetryAfter = "1";

    public static void Send(HttpResponse response, JsonBytes json, int status = StatusCodes.Status200OK) => Send(response, json, status, JsonType);

    public static void SendProblem(HttpResponse response, int status, string reason, string detail, Reservation? reservation = null)
    {
        if (status == StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = RetryAfter;
        var json = JsonBytes.Rent().Raw("{\"title\":"u8).Text(ReasonPhrases.GetReasonPhrase(status)).Raw(",\"status\":"u8).Number(status)
            .Raw(",\"detail\":"u8).Text(detail).Raw(",\"reason\":"u8).Text(reason);
        if (reservation is not null)
            json.Raw(",\"reservation\":"u8).Reservation(reservation, outstanding: null);
        Send(response, json.Raw("}"u8), status, ProblemType);
    }

    /// <summary>Why there is no answer, as a reply.</summary>
    public static void SendStatus<T>(HttpResponse response, in QuotaAnswer<T> answer)
    {
        var (status, reason, detail) = Describe(answer.Status);
        SendProblem(response, status, reason, answer.Reason ?? detail, (answer.Value as ReservationResult)?.Reservation);
    }

    /// <summary>Why there is no answer, as an element of a batch's.</summary>
    public static JsonBytes Error<T>(this JsonBytes json, in QuotaAnswer<T> answer)
    {
        var (status, reason, detail) = Describe(answer.Status);
        json.Raw("{\"error\":{\"status\":"u8).Number(status).Raw(",\"reason\":"u8).Text(reason).Raw(",\"detail\":"u8).Text(answer.Reason ?? detail);
        if ((answer.Value as ReservationResult)?.Reservation is { } reservation)
            json.Raw(",\"reservation\":"u8).Reservation(reservation, outstanding: null);
        return json.Raw("}}"u8);
    }

    private static (int Status, string Reason, string Detail) Describe(QuotaStatus status) => status switch
    {
        QuotaStatus.StoreUnavailable => (503, "store_unavailable", "The user is not in memory, and the store does not answer. Try again."),
        QuotaStatus.LogUnavailable => (503, "log_unavailable", "The reservation could not be written. Try again with the same idempotency key."),
        QuotaStatus.Starting => (503, "starting", "Reservations and usage are being read; nothing can be answered yet. Try again."),
        QuotaStatus.NotOwned => (421, "not_owned", "Another instance owns this user."),
        QuotaStatus.UnknownResource => (404, "unknown_resource", "There is no such resource; Collector:Quota:Resources adds one."),
        QuotaStatus.UnknownReservation => (404, "unknown_reservation", "There is no such reservation."),
        QuotaStatus.Conflict => (409, "conflict", "Something stands in the way."),
        _ => (500, "internal_error", "There is no answer."),
    };

    private static void Send(HttpResponse response, JsonBytes json, int status, StringValues type)
    {
        response.StatusCode = status;
        response.Headers.ContentType = type;
        response.ContentLength = json.Length;
        // The server sends what stands in its writer when the request is over.
        response.BodyWriter.Write(json.Written);
    }
}
