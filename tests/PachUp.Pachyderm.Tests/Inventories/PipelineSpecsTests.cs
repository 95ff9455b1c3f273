using Google.Protobuf;
using Google.Protobuf.Reflection;
using PachUp.Pachyderm.Inventories;
using PachUp.Pachyderm.Wire.Pps;

namespace PachUp.Pachyderm.Tests.Inventories;

public class PipelineSpecsTests
{
    [Fact]
    public void Shared_fields_are_all_common_fields_except_commands()
    {
        string[] noState = ["update", "reprocess", "spec_commit"];
        var inBoth = PipelineInfo.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name)
            .Intersect(CreatePipelineRequest.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name));

        Assert.Equal(
            inBoth.Except(noState).Order(StringComparer.Ordinal),
            PipelineSpecs.SharedFields.Select(field => field.Info.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_request_has_no_field_that_a_pipeline_lacks() => Assert.Equal(
        ["update", "reprocess", "spec_commit"],
        CreatePipelineRequest.Descriptor.Fields.InFieldNumberOrder().Select(field => field.Name)
            .Except(PipelineSpecs.SharedFields.Select(field => field.Request.Name)));

    [Fact]
    public void Shared_fields_have_one_type_and_can_be_set_as_a_whole() => Assert.All(PipelineSpecs.SharedFields, field =>
    {
        Assert.Equal(field.Info.FieldType, field.Request.FieldType);
        Assert.Equal(MessageTypeOf(field.Info), MessageTypeOf(field.Request));
        Assert.False(field.Info.IsRepeated || field.Request.IsRepeated);
    });

    [Fact]
    public void A_pipeline_with_every_field_becomes_a_request_and_back_without_a_difference()
    {
        var pipeline = MessageSamples.Filled<PipelineInfo>();

        var back = PipelineSpecs.ToInfo(CreatePipelineRequest.Parser.ParseFrom(PipelineSpecs.ToRequest(pipeline).ToByteString()));

        Assert.Empty(PipelineSpecs.DifferingFields(pipeline, back));
        Assert.All(
            PipelineSpecs.SharedFields,
            field => Assert.NotEqual(field.Info.Accessor.GetValue(new PipelineInfo()), field.Info.Accessor.GetValue(back)));
    }

    [Fact]
    public void A_request_has_neither_update_nor_spec_commit()
    {
        var request = PipelineSpecs.ToRequest(MessageSamples.Filled<PipelineInfo>());

        Assert.False(request.Update);
        Assert.False(request.Reprocess);
        Assert.Null(request.SpecCommit);
    }

    [Fact]
    public void A_request_is_a_copy_of_its_pipeline()
    {
        var pipeline = MessageSamples.Filled<PipelineInfo>();
        var before = pipeline.Clone();

        PipelineSpecs.ToRequest(pipeline).Transform.Image = "changed";

        Assert.Equal(before, pipeline);
    }

    [Fact]
    public void Each_field_that_differs_is_named()
    {
        var full = MessageSamples.Filled<PipelineInfo>();

        Assert.All(PipelineSpecs.SharedFields, field =>
        {
            var other = full.Clone();
            field.Info.Accessor.Clear(other);
            Assert.Equal([field.Info.Name], PipelineSpecs.DifferingFields(full, other));
        });
    }

    [Fact]
    public void State_and_times_are_not_compared() => Assert.Empty(PipelineSpecs.DifferingFields(
        new PipelineInfo { State = PipelineState.PipelineRunning, Version = 3, Reason = "x", Stopped = true, Salt = "s" },
        new PipelineInfo { State = PipelineState.PipelinePaused, Version = 1, Reason = "y", Salt = "s" }));

    [Fact]
    public void An_empty_spout_is_not_equal_to_no_spout() =>
        Assert.Equal(["spout"], PipelineSpecs.DifferingFields(new PipelineInfo { Spout = new Spout() }, new PipelineInfo()));

    [Fact]
    public void Unset_fields_of_the_request_are_set_and_the_others_are_kept()
    {
        var request = new CreatePipelineRequest { Pipeline = new Pipeline { Name = "edges" }, DatumTries = 3 };
        var pipeline = new PipelineInfo
        {
            Pipeline = new Pipeline { Name = "edges" },
            DatumTries = 7,
            Standby = true,
            Salt = "s",
            SchedulingSpec = new SchedulingSpec(),
        };

        var filled = PipelineSpecs.FillIn(request, pipeline);

        Assert.Equal(["salt", "standby", "scheduling_spec"], filled);
        Assert.Equal((3, true, "s"), (request.DatumTries, request.Standby, request.Salt));
        Assert.NotNull(request.SchedulingSpec);
    }

    private static MessageDescriptor? MessageTypeOf(FieldDescriptor field) => field.FieldType is FieldType.Message ? field.MessageType : null;
}
